"""Who inspects and who assists (执法检查人员名录库, 专家与委托机构)."""
