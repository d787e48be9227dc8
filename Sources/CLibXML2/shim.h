/* Only the compiler flags are wanted; CHTML includes the headers and loads the library. */
