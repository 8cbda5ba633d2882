"""People of the store and contacts of files: bringing them in, and handing them out again."""
