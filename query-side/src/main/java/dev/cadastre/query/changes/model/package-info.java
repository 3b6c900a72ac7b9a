/** Change sets as the log holds them, and the states before and after them. */
@NullMarked
package dev.cadastre.query.changes.model;

import org.jspecify.annotations.NullMarked;
