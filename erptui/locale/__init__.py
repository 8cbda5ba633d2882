"""The catalogues: one folder for each language but English, with the text that people edit and its compiled form."""
