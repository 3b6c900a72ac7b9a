/** What every log must do, whatever store is behind it. */
@NullMarked
package dev.cadastre.eventstore.conformance;

import org.jspecify.annotations.NullMarked;
