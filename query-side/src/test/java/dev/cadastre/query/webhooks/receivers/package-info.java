/** Receivers of webhooks, well-behaved and others, and what they know of the specification. */
@NullMarked
package dev.cadastre.query.webhooks.receivers;

import org.jspecify.annotations.NullMarked;
