"""The ministry's own ledger: what the Storting granted per chapter and post, allotted, reserved and left (issue 3.4).

Plain modules: ``table`` reads what is pasted or uploaded, ``balance`` is the arithmetic, ``gather`` fetches the rows.
"""
