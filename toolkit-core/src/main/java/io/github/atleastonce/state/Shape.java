package io.github.atleastonce.state;

import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.StringWriter;
import java.lang.annotation.Annotation;
import java.lang.reflect.Executable;
import java.lang.reflect.Field;
import java.lang.reflect.InaccessibleObjectException;
import java.lang.reflect.Modifier;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.ArrayList;
import java.util.Currency;
import java.util.Date;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What is to be done with the objects of a class. What is not known here cannot be read: too little is derived then, and nothing wrong.
 *
 * @param kind what
 * @param fields those that may be read: all, or those of its own classes alone if it is a collection or the like
 */
record Shape(Kind kind, List<Field> fields) {

    enum Kind {
        /** Its text tells it. */
        VALUE,
        /** Its text tells what it is now, and it may change. */
        VARIABLE,
        /** It is the same in each run, and what is behind it is told by others, or is the machine's own. */
        RESOURCE,
        /** A class of Java that has a reader of its own. */
        KNOWN,
        FIELDS,
        UNREADABLE
    }

    private static final Set<Class<?>> VALUES = Set.of(
            Boolean.class,
            Character.class,
            String.class,
            Class.class,
            UUID.class,
            Locale.class,
            Currency.class,
            Pattern.class,
            java.net.URI.class,
            java.net.URL.class,
            File.class,
            InetSocketAddress.class,
            java.util.OptionalInt.class,
            java.util.OptionalLong.class,
            java.util.OptionalDouble.class);

    private static final Set<Class<?>> VARIABLES = Set.of(
            StringBuilder.class,
            StringBuffer.class,
            StringWriter.class,
            ByteArrayOutputStream.class,
            Semaphore.class,
            CountDownLatch.class,
            AtomicIntegerArray.class,
            AtomicLongArray.class);

    private static final Set<String> VALUE_PACKAGES = Set.of("java.time", "java.math", "java.lang.constant");

    private static final List<String> JAVA = List.of("java.", "javax.", "jdk.", "sun.", "com.sun.");

    /** Where loggers come from. What is appended to them may be state, and is none of them. */
    private static final List<String> LOGGING = List.of(
            "org.slf4j.",
            "ch.qos.logback.",
            "org.apache.logging.",
            "org.apache.commons.logging.",
            "org.jboss.logging.",
            "java.util.logging.",
            "sun.util.logging.",
            "jdk.internal.logger.");

    /** What says itself what is in a database. */
    private static final List<String> DRIVERS =
            List.of("org.h2.", "org.postgresql.", "com.zaxxer.hikari.", "io.zonky.test.db.postgres.");

    private static final @Nullable CodeSource TOOLKIT =
            Shape.class.getProtectionDomain().getCodeSource();

    private static final ClassValue<Shape> SHAPES = new ClassValue<>() {
        @Override
        protected Shape computeValue(Class<?> type) {
            return Shape.find(type);
        }
    };

    static Shape of(Class<?> type) {
        return SHAPES.get(type);
    }

    /** Says whether a class is Java's own, which nobody can look into. */
    static boolean isOfJava(Class<?> type) {
        return JAVA.stream().anyMatch(type.getName()::startsWith);
    }

    private static Shape find(Class<?> type) {
        if (isValue(type)) {
            return new Shape(Kind.VALUE, List.of());
        }
        if (VARIABLES.contains(type) || isOfJava(type) && (isA(Number.class, type) || isA(Date.class, type))) {
            return new Shape(Kind.VARIABLE, List.of());
        }
        if (isResource(type)) {
            return new Shape(Kind.RESOURCE, List.of());
        }
        if (java.lang.reflect.Proxy.isProxyClass(type)) {
            return new Shape(Kind.KNOWN, List.of());
        }
        Class<?> inherited = type;
        while (inherited != null && !isOfJava(inherited)) {
            inherited = inherited.getSuperclass();
        }
        boolean known = inherited != null && Known.reads(inherited);
        if (isOfJava(type) || type.isArray()) {
            return new Shape(known || type.isArray() ? Kind.KNOWN : Kind.UNREADABLE, List.of());
        }
        try {
            return new Shape(known ? Kind.KNOWN : Kind.FIELDS, fields(type, known));
        } catch (InaccessibleObjectException | SecurityException closed) {
            return new Shape(Kind.UNREADABLE, List.of());
        }
    }

    private static boolean isValue(Class<?> type) {
        return VALUES.contains(type)
                || isA(Enum.class, type)
                || type.getPackageName().equals("java.lang") && isA(Number.class, type)
                || VALUE_PACKAGES.contains(type.getPackageName())
                || isOfJava(type)
                        && (isA(Path.class, type)
                                || isA(Charset.class, type)
                                || isA(InetAddress.class, type)
                                || isA(Executable.class, type)
                                || type == Field.class)
                || isA(Annotation.class, type);
    }

    private static boolean isResource(Class<?> type) {
        if (isA(Throwable.class, type)) {
            return false;
        }
        String name = type.getName();
        return isOfTheToolkit(type)
                        && !type.isRecord()
                        && !type.isHidden()
                        && !type.getPackageName().endsWith(".message")
                || isA(ClassLoader.class, type)
                || type == Thread.class
                || DRIVERS.stream().anyMatch(name::startsWith)
                || type.getSimpleName().contains("Log") && LOGGING.stream().anyMatch(name::startsWith)
                || isOfJava(type) && (isA(System.Logger.class, type) || !Known.reads(type) && isWithoutState(type));
    }

    private static boolean isWithoutState(Class<?> type) {
        for (Class<?> each = type; each != null; each = each.getSuperclass()) {
            for (Field field : each.getDeclaredFields()) {
                if (!Modifier.isStatic(field.getModifiers())) {
                    return false;
                }
            }
        }
        // Some classes hide their fields from reflection.
        return type != Module.class && !isA(java.lang.reflect.AccessibleObject.class, type);
    }

    private static List<Field> fields(Class<?> type, boolean own) {
        List<Field> fields = new ArrayList<>();
        for (Class<?> each = type; each != null && each != Object.class; each = each.getSuperclass()) {
            if (own && isOfJava(each)) {
                break;
            }
            for (Field field : each.getDeclaredFields()) {
                if (!Modifier.isStatic(field.getModifiers())) {
                    field.setAccessible(true);
                    fields.add(field);
                }
            }
        }
        return List.copyOf(fields);
    }

    private static boolean isA(Class<?> what, Class<?> type) {
        return what.isAssignableFrom(type);
    }

    private static boolean isOfTheToolkit(Class<?> type) {
        CodeSource source = type.getProtectionDomain().getCodeSource();
        return TOOLKIT != null && source != null && Objects.equals(TOOLKIT.getLocation(), source.getLocation());
    }
}
