# source("syntax.R", encoding = "UTF-8")
# answers: one row per submission, with factors, numbers and days; codes for missing answers are NA.
# raw: the same as it stands in the file, with the codes. why(name): why answers are missing.
raw <- read.csv("data.csv", sep = ";", quote = "\"", fileEncoding = "UTF-8-BOM",
  colClasses = "character", na.strings = character(0), check.names = FALSE)
answers <- raw
number <- function(x, from, to) {
  x <- suppressWarnings(as.numeric(x))
  x[!is.na(x) & x >= from & x <= to] <- NA
  x
}
answers$version <- as.integer(answers$version)
answers$day <- as.Date(answers$day, format = "%Y-%m-%d")
answers[["travel"]] <- factor(answers[["travel"]],
  levels = c("foot", "bus", "other"),
  labels = c("Foot (nn)", "Bus (nn)", "Other (nn)"))
attr(answers[["travel"]], "label") <- "Korleis? (nn)"
attr(answers[["travel_other_text"]], "label") <- "Korleis? (nn) – Other (nn) – what was written beside it"
answers[["leave_more"]] <- factor(answers[["leave_more"]],
  levels = c("0", "1"),
  labels = c("Not chosen", "Chosen"))
attr(answers[["leave_more"]], "label") <- "Kva? (nn) – More (nn)"
answers[["leave_path"]] <- factor(answers[["leave_path"]],
  levels = c("0", "1"),
  labels = c("Not chosen", "Chosen"))
attr(answers[["leave_path"]], "label") <- "Kva? (nn) – Path (nn)"
answers[["leave_other"]] <- factor(answers[["leave_other"]],
  levels = c("0", "1"),
  labels = c("Not chosen", "Chosen"))
attr(answers[["leave_other"]], "label") <- "Kva? (nn) – Other (nn)"
attr(answers[["leave_other_text"]], "label") <- "Kva? (nn) – Other (nn) – what was written beside it"
answers[["ease"]] <- number(answers[["ease"]], -9, -1)
attr(answers[["ease"]], "label") <- "Kor lett? (nn)"
answers[["first_a"]] <- number(answers[["first_a"]], -9, -1)
attr(answers[["first_a"]], "label") <- "Kva først? (nn) – A (nn)"
answers[["first_b"]] <- number(answers[["first_b"]], -9, -1)
attr(answers[["first_b"]], "label") <- "Kva først? (nn) – B (nn)"
answers[["first_c"]] <- number(answers[["first_c"]], -9, -1)
attr(answers[["first_c"]], "label") <- "Kva først? (nn) – C (nn)"
answers[["bus_is_times"]] <- factor(answers[["bus_is_times"]],
  levels = c("good", "bad"),
  labels = c("Good (nn)", "Bad (nn)"))
attr(answers[["bus_is_times"]], "label") <- "Om bussen (nn) – Times (nn)"
answers[["bus_is_price"]] <- factor(answers[["bus_is_price"]],
  levels = c("good", "bad"),
  labels = c("Good (nn)", "Bad (nn)"))
attr(answers[["bus_is_price"]], "label") <- "Om bussen (nn) – Price (nn)"
answers[["warm"]] <- number(answers[["warm"]], -99999909, -99999901)
attr(answers[["warm"]], "label") <- "Kor varmt? (nn) – °C (nn)"
answers[["km"]] <- number(answers[["km"]], -9, -1)
attr(answers[["km"]], "label") <- "Kor langt? (nn)"
answers[["born_answered"]] <- factor(answers[["born_answered"]],
  levels = c("1"),
  labels = c("Answered"))
attr(answers[["born_answered"]], "label") <- "Når? (nn) – whether it was answered"
answers[["born"]] <- as.Date(answers[["born"]], format = "%Y-%m-%d")
attr(answers[["born"]], "label") <- "Når? (nn)"
answers[["where_answered"]] <- factor(answers[["where_answered"]],
  levels = c("1"),
  labels = c("Answered"))
attr(answers[["where_answered"]], "label") <- "Kvar? (nn) – whether it was answered"
attr(answers[["where"]], "label") <- "Kvar? (nn)"
answers[["where_latitude"]] <- number(answers[["where_latitude"]], 1, 0)
attr(answers[["where_latitude"]], "label") <- "Kvar? (nn) – degrees north"
answers[["where_longitude"]] <- number(answers[["where_longitude"]], 1, 0)
attr(answers[["where_longitude"]], "label") <- "Kvar? (nn) – degrees east"
answers[["picture_answered"]] <- factor(answers[["picture_answered"]],
  levels = c("1"),
  labels = c("Answered"))
attr(answers[["picture_answered"]], "label") <- "Korleis ser det ut? (nn) – whether it was answered"
attr(answers[["picture"]], "label") <- "Korleis ser det ut? (nn)"
answers[["wish_answered"]] <- factor(answers[["wish_answered"]],
  levels = c("1"),
  labels = c("Answered"))
attr(answers[["wish_answered"]], "label") <- "Kva «ynskjer» du? It's 100 % \\ \"fritt\" (nn) – whether it was answered"
attr(answers[["wish"]], "label") <- "Kva «ynskjer» du? It's 100 % \\ \"fritt\" (nn)"
answers[["q_by_answered"]] <- factor(answers[["q_by_answered"]],
  levels = c("1"),
  labels = c("Answered"))
attr(answers[["q_by_answered"]], "label") <- "Eitt ord (nn) – whether it was answered"
attr(answers[["q_by"]], "label") <- "Eitt ord (nn)"
why <- function(name) {
  words <- c("Prefer not to say", "Prefer not to say", "Don't know", "Don't know", "Not asked in this version", "Not asked in this version", "Not shown", "Not shown", "Skipped", "Skipped")
  names(words) <- c("-9", "-99999909", "-8", "-99999908", "-3", "-99999903", "-2", "-99999902", "-1", "-99999901")
  factor(unname(words[raw[[name]]]), levels = unique(words))
}
