/** The single writer of the log and the bytes it vouches for, over a port that each store fills. */
@NullMarked
package dev.cadastre.eventstore.commit;

import org.jspecify.annotations.NullMarked;
