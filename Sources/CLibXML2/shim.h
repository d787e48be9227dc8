/* Only the linking and the compiler flags are wanted; CHTML includes the headers. */
