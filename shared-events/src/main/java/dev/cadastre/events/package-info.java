/** Events and identifiers: what both sides agree on. Plain Java. */
@NullMarked
package dev.cadastre.events;

import org.jspecify.annotations.NullMarked;
