"""What training and a model rest on: right, verdict and origins, asked anew at every use."""
