/// The texts of each language, in UTF-8, with a zero behind them; Language.swift says how a file is read.
const char *backstamp_language_en(void);
const char *backstamp_language_ru(void);
