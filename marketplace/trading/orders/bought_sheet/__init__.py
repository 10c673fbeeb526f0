"""The sheet as a buyer read it before ordering."""
