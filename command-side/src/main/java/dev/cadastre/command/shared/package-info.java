/**
 * What the features share: timelines, rules, rejections, and how a command becomes a change set.
 */
@NullMarked
package dev.cadastre.command.shared;

import org.jspecify.annotations.NullMarked;
