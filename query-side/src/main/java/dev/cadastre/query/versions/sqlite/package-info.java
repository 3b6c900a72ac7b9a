/** The version store in one SQLite file. */
@NullMarked
package dev.cadastre.query.versions.sqlite;

import org.jspecify.annotations.NullMarked;
