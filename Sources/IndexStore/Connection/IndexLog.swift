import Logging

/// Where the store says what its caller should know though nothing failed. Programs choose with `LoggingSystem.bootstrap`
/// where that goes.
let indexLog = Logger(label: "postil")
