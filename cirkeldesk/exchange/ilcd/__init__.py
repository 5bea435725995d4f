"""ILCD+EPD in its three syntaxes: XML, soda4LCA JSON and the CSV of ÖKOBAUDAT."""
