"""The store: what is true, and who changed it when. Knows no screen, no file format, no Textual."""
