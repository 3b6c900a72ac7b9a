/** Point-in-time snapshots of the register, as events. */
@NullMarked
package dev.cadastre.events.snapshot;

import org.jspecify.annotations.NullMarked;
