package dev.cadastre.events;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The name and revision under which an event is stored. They are part of the hashed envelope and
 * therefore never change; the Java class may be renamed freely.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
public @interface StoredAs {

    /** The stable type name, for example {@code ci.registered}. */
    String value();

    /** The revision of the stored JSON form, from 1. */
    int revision() default 1;
}
