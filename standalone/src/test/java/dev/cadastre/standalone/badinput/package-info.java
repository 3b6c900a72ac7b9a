/** Everything a caller can get wrong, sent to a whole server. */
@NullMarked
package dev.cadastre.standalone.badinput;

import org.jspecify.annotations.NullMarked;
