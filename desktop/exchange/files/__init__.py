"""Files as workbooks: .xlsx, .xls and .csv become typed cells, or a refusal in words."""
