/** People, known to the log by opaque ids only. */
@NullMarked
package dev.cadastre.events.person;

import org.jspecify.annotations.NullMarked;
