/** Where webhook subscriptions and their deliveries are looked at. */
@NullMarked
package dev.cadastre.query.webhooks.http;

import org.jspecify.annotations.NullMarked;
