/** Which addresses the server itself may connect to when a caller names them. */
@NullMarked
package dev.cadastre.http.outbound;

import org.jspecify.annotations.NullMarked;
