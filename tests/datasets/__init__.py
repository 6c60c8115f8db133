"""Made-up data sets to test the import with."""
