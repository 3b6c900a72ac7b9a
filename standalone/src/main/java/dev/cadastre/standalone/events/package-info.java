/** Follows the events of a running server. */
@NullMarked
package dev.cadastre.standalone.events;

import org.jspecify.annotations.NullMarked;
