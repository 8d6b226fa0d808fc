read line # the interactor writes none
