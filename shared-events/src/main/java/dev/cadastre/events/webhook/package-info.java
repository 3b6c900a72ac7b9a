/** What happens to webhook subscriptions. */
@NullMarked
package dev.cadastre.events.webhook;

import org.jspecify.annotations.NullMarked;
