/** MongoDB servers to test against, and the tests of the log on them. */
@NullMarked
package dev.cadastre.eventstore.mongodb;

import org.jspecify.annotations.NullMarked;
