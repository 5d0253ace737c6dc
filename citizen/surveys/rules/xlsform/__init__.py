"""XLSForm, the questionnaire in a workbook that many survey tools share: read in, and written."""
