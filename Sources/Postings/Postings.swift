// Postings
