/** Both sides in one process, and the command line. */
@NullMarked
package dev.cadastre.standalone;

import org.jspecify.annotations.NullMarked;
