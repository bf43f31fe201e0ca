"""Read models of governing documents: frozen dataclasses for pages, documents and exports."""
