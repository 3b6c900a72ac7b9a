/** Follows the log for each subscription and sends it what it asked for, in order. */
@NullMarked
package dev.cadastre.query.webhooks.delivery;

import org.jspecify.annotations.NullMarked;
