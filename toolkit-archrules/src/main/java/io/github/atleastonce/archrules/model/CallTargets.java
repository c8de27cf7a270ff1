package io.github.atleastonce.archrules.model;

import com.tngtech.archunit.core.domain.AccessTarget;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaMethod;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/** Answers which methods of the project a call may run. ArchUnit answers anew for each call, this once for each target. */
final class CallTargets {

    /** A call with more possible targets is a dispatcher, of which nothing certain is known. */
    static final int MAX_IMPLEMENTATIONS = 4;

    private final Project project;
    private final Map<JavaClass, Map<Signature, List<JavaCodeUnit>>> known = new IdentityHashMap<>();
    private final Map<JavaClass, Map<String, List<JavaMethod>>> methods = new IdentityHashMap<>();

    CallTargets(Project project) {
        this.project = project;
    }

    private record Signature(String name, List<JavaClass> parameters, JavaClass returned) {}

    List<JavaCodeUnit> of(AccessTarget.CodeUnitAccessTarget target) {
        Map<Signature, List<JavaCodeUnit>> ofOwner = known.get(target.getOwner());
        if (ofOwner == null) {
            ofOwner = new HashMap<>();
            known.put(target.getOwner(), ofOwner);
        }
        Signature signature = new Signature(target.getName(), target.getRawParameterTypes(), target.getRawReturnType());
        List<JavaCodeUnit> found = ofOwner.get(signature);
        if (found == null) {
            found = resolve(target);
            ofOwner.put(signature, found);
        }
        return found;
    }

    private List<JavaCodeUnit> resolve(AccessTarget.CodeUnitAccessTarget target) {
        JavaCodeUnit member = target.resolveMember().orElse(null);
        if (member == null) {
            return List.of();
        }
        List<JavaCodeUnit> found = new ArrayList<>(1);
        if (project.contains(member.getOwner())) {
            found.add(member);
        }
        if (member instanceof JavaMethod method
                && !target.getOwner().getSubclasses().isEmpty()) {
            found.addAll(overriding(target.getOwner(), method));
        }
        return found;
    }

    private List<JavaMethod> overriding(JavaClass owner, JavaMethod member) {
        List<JavaMethod> overriding = new ArrayList<>();
        for (JavaClass subclass : owner.getAllSubclasses()) {
            if (project.contains(subclass)) {
                for (JavaMethod method : methodsOf(subclass).getOrDefault(member.getName(), List.of())) {
                    if (method.getRawParameterTypes().equals(member.getRawParameterTypes())) {
                        overriding.add(method);
                    }
                }
                if (overriding.size() > MAX_IMPLEMENTATIONS) {
                    return List.of();
                }
            }
        }
        return overriding;
    }

    private Map<String, List<JavaMethod>> methodsOf(JavaClass type) {
        Map<String, List<JavaMethod>> byName = methods.get(type);
        if (byName == null) {
            byName = new HashMap<>();
            for (JavaMethod method : type.getMethods()) {
                byName.computeIfAbsent(method.getName(), key -> new ArrayList<>(1))
                        .add(method);
            }
            methods.put(type, byName);
        }
        return byName;
    }
}
