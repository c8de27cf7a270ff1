package io.github.atleastonce.archrules.bytecode;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.InsnNode;
import org.objectweb.asm.tree.analysis.SourceInterpreter;
import org.objectweb.asm.tree.analysis.SourceValue;

/** Remembers which instruction made each value; copies keep their source, parameters get a stand-in instruction. */
final class OriginInterpreter extends SourceInterpreter {

    private final Map<AbstractInsnNode, Parameter> parameters = new HashMap<>();

    record Parameter(int local, Type type) {}

    OriginInterpreter() {
        super(Opcodes.ASM9);
    }

    @Override
    public SourceValue newParameterValue(boolean isInstanceMethod, int local, Type type) {
        AbstractInsnNode standIn = new InsnNode(Opcodes.NOP);
        parameters.put(standIn, new Parameter(local, type));
        return new SourceValue(type.getSize(), standIn);
    }

    @Override
    public SourceValue copyOperation(AbstractInsnNode insn, SourceValue value) {
        return value;
    }

    @Nullable
    Parameter parameter(AbstractInsnNode insn) {
        return parameters.get(insn);
    }
}
