/** Axon's storage engine over the log: one change set for each root unit of work. */
@NullMarked
package dev.cadastre.eventstore.axon;

import org.jspecify.annotations.NullMarked;
