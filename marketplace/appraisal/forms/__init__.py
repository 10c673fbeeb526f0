"""Forms of the appraisal pages: parsing and help, no rules of their own."""
