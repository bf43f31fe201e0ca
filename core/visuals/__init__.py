"""What the screen shows, computed before the template: badges, deadlines, timelines, wheels, month grids.

Pure modules. Templates get finished words and coordinates; they do no arithmetic.
"""
