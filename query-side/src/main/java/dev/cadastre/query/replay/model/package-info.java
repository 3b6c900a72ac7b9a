/** The states between two coordinates, one step per change set. */
@NullMarked
package dev.cadastre.query.replay.model;

import org.jspecify.annotations.NullMarked;
