/** The events of the log as a stream. */
@NullMarked
package dev.cadastre.query.events.http;

import org.jspecify.annotations.NullMarked;
