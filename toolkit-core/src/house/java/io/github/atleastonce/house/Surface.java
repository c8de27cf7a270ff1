package io.github.atleastonce.house;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMember;
import com.tngtech.archunit.core.domain.JavaModifier;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.apiguardian.api.API;

/** What of a module is public, and for whom: {@code @API} says of each type whether a test's author is to meet it. */
public final class Surface {

    private final List<JavaClass> types;

    private Surface(List<JavaClass> types) {
        this.types = types;
    }

    /** Reads the public types; what is nested belongs to the type around it. */
    public static Surface of(JavaClasses all) {
        return new Surface(all.stream()
                .filter(type -> type.getModifiers().contains(JavaModifier.PUBLIC))
                .filter(type -> type.getEnclosingClass().isEmpty())
                .filter(type -> !type.getSimpleName().equals("package-info"))
                .toList());
    }

    /** Names the public types of which nothing says for whom they are. */
    public Set<String> unmarked() {
        return names(types.stream().filter(type -> !type.isAnnotatedWith(API.class)));
    }

    /** Names the types that a test's author is to meet. */
    public Set<String> forAuthors() {
        return names(authors());
    }

    /** Names those of them that are in one room. */
    public Set<String> forAuthorsOf(String room) {
        return names(authors().filter(type -> type.getPackageName().endsWith("." + room)));
    }

    /** Counts the public members of each type that a test's author is to meet, constants left out. */
    public Map<String, Integer> members() {
        Map<String, Integer> members = new TreeMap<>();
        authors()
                .forEach(type -> members.put(type.getSimpleName(), (int) type.getMembers().stream()
                        .filter(member -> member.getModifiers().contains(JavaModifier.PUBLIC))
                        .filter(member -> !isConstant(member))
                        .count()));
        return members;
    }

    private static boolean isConstant(JavaMember member) {
        return member.getModifiers().contains(JavaModifier.STATIC)
                && member.getModifiers().contains(JavaModifier.FINAL);
    }

    private Stream<JavaClass> authors() {
        return types.stream()
                .filter(type -> type.isAnnotatedWith(API.class)
                        && type.getAnnotationOfType(API.class).status() != API.Status.INTERNAL);
    }

    private static Set<String> names(Stream<JavaClass> types) {
        Set<String> names = new TreeSet<>();
        types.forEach(type -> names.add(type.getSimpleName()));
        return names;
    }
}
