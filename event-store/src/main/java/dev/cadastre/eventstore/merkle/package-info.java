/** The Merkle tree of RFC 6962 over the envelopes of the log. Plain Java. */
@NullMarked
package dev.cadastre.eventstore.merkle;

import org.jspecify.annotations.NullMarked;
