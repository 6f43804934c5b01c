// Postil
