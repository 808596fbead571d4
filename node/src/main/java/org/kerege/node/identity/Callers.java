package org.kerege.node.identity;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// Who may call a route, declared where the route is. A route without it is closed to all.
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.METHOD})
public @interface Callers {

    /// Roles of which the caller needs one. Empty: any account, as far as the route's own rules go.
    Role[] value() default {};

    /// Whether it answers also those who say not who they are.
    boolean anyone() default false;

    /// Whether a person has to have proved a short while ago who it is. Programs prove it with each request.
    boolean fresh() default false;

    /// Whether it answers also those who have yet to set up the second factor that their roles need.
    boolean withoutFactor() default false;
}
