/** The stored JSON form of every event. */
@NullMarked
package dev.cadastre.events.json;

import org.jspecify.annotations.NullMarked;
