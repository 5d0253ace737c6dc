# source("syntax.R", encoding = "UTF-8")
# answers: one row per submission, with factors, numbers and days; codes for missing answers are NA.
# raw: the same as it stands in the file, with the codes. why(name): why answers are missing.
raw <- read.csv("data.csv", sep = ",", quote = "\"", fileEncoding = "UTF-8-BOM",
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
  levels = c("foot", "bus", "other", "boat"),
  labels = c("Foot (sv)", "Bus (sv)", "Other (sv)", "Båt (sv)"))
attr(answers[["travel"]], "label") <- "Korleis? (sv)"
answers[["leave_more"]] <- factor(answers[["leave_more"]],
  levels = c("0", "1"),
  labels = c("Not chosen", "Chosen"))
attr(answers[["leave_more"]], "label") <- "Kva? (sv) – More (sv)"
answers[["leave_path"]] <- factor(answers[["leave_path"]],
  levels = c("0", "1"),
  labels = c("Not chosen", "Chosen"))
attr(answers[["leave_path"]], "label") <- "Kva? (sv) – Path (sv)"
answers[["leave_other"]] <- factor(answers[["leave_other"]],
  levels = c("0", "1"),
  labels = c("Not chosen", "Chosen"))
attr(answers[["leave_other"]], "label") <- "Kva? (sv) – Other (sv)"
answers[["ease"]] <- number(answers[["ease"]], -9, -1)
attr(answers[["ease"]], "label") <- "Kor lett? (sv)"
answers[["ease_s2"]] <- number(answers[["ease_s2"]], -9, -1)
attr(answers[["ease_s2"]], "label") <- "Kor lett no? (sv)"
answers[["first_a"]] <- number(answers[["first_a"]], -9, -1)
attr(answers[["first_a"]], "label") <- "Kva først? (sv) – A (sv)"
answers[["first_b"]] <- number(answers[["first_b"]], -9, -1)
attr(answers[["first_b"]], "label") <- "Kva først? (sv) – B (sv)"
answers[["first_c"]] <- number(answers[["first_c"]], -9, -1)
attr(answers[["first_c"]], "label") <- "Kva først? (sv) – C (sv)"
answers[["bus_is_times"]] <- factor(answers[["bus_is_times"]],
  levels = c("good", "bad"),
  labels = c("Good (sv)", "Bad (sv)"))
attr(answers[["bus_is_times"]], "label") <- "Om bussen (sv) – Times (sv)"
answers[["bus_is_price"]] <- factor(answers[["bus_is_price"]],
  levels = c("good", "bad"),
  labels = c("Good (sv)", "Bad (sv)"))
attr(answers[["bus_is_price"]], "label") <- "Om bussen (sv) – Price (sv)"
answers[["warm"]] <- number(answers[["warm"]], -99999909, -99999901)
attr(answers[["warm"]], "label") <- "Kor varmt? (sv) – °C (sv)"
answers[["km"]] <- number(answers[["km"]], -9, -1)
attr(answers[["km"]], "label") <- "Kor langt? (sv)"
answers[["born_answered"]] <- factor(answers[["born_answered"]],
  levels = c("1"),
  labels = c("Answered"))
attr(answers[["born_answered"]], "label") <- "Når? (sv) – whether it was answered"
answers[["born"]] <- as.Date(answers[["born"]], format = "%Y-%m-%d")
attr(answers[["born"]], "label") <- "Når? (sv)"
answers[["where_answered"]] <- factor(answers[["where_answered"]],
  levels = c("1"),
  labels = c("Answered"))
attr(answers[["where_answered"]], "label") <- "Kvar? (sv) – whether it was answered"
answers[["picture_answered"]] <- factor(answers[["picture_answered"]],
  levels = c("1"),
  labels = c("Answered"))
attr(answers[["picture_answered"]], "label") <- "Korleis ser det ut? (sv) – whether it was answered"
answers[["wish_answered"]] <- factor(answers[["wish_answered"]],
  levels = c("1"),
  labels = c("Answered"))
attr(answers[["wish_answered"]], "label") <- "Kva «ynskjer» du? It's 100 % \\ \"fritt\" (sv) – whether it was answered"
answers[["q_by_answered"]] <- factor(answers[["q_by_answered"]],
  levels = c("1"),
  labels = c("Answered"))
attr(answers[["q_by_answered"]], "label") <- "Eitt ord (sv) – whether it was answered"
why <- function(name) {
  words <- c("Prefer not to say", "Prefer not to say", "Don't know", "Don't know", "Not asked in this version", "Not asked in this version", "Not shown", "Not shown", "Skipped", "Skipped")
  names(words) <- c("-9", "-99999909", "-8", "-99999908", "-3", "-99999903", "-2", "-99999902", "-1", "-99999901")
  factor(unname(words[raw[[name]]]), levels = unique(words))
}
