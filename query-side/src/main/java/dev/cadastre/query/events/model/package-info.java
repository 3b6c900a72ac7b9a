/** Which events of the log are meant. */
@NullMarked
package dev.cadastre.query.events.model;

import org.jspecify.annotations.NullMarked;
