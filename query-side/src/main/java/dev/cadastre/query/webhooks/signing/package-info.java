/** The secrets of subscriptions, and signatures by the Standard Webhooks specification. */
@NullMarked
package dev.cadastre.query.webhooks.signing;

import org.jspecify.annotations.NullMarked;
