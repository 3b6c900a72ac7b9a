/** The coordinates of an answer on both time axes, and what a view knows of the log. */
@NullMarked
package dev.cadastre.query.shared.time;

import org.jspecify.annotations.NullMarked;
