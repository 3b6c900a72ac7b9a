/** The net difference of the estate between two coordinates, thing by thing, field by field. */
@NullMarked
package dev.cadastre.query.diff.model;

import org.jspecify.annotations.NullMarked;
