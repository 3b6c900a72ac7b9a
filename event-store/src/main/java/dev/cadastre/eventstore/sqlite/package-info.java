/** The log in one SQLite file. */
@NullMarked
package dev.cadastre.eventstore.sqlite;

import org.jspecify.annotations.NullMarked;
